export function selfSigned(): { readonly cert: string; readonly key: string };
