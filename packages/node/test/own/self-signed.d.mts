/** Makes a certificate for localhost that nobody has signed, with its key, both as PEM. */
export function selfSigned(): { readonly cert: string; readonly key: string };
