/** Bytes, bundled, minified and gzipped, by what an application takes. */
export function coreSizes(): Promise<Readonly<Record<string, number>>>;
