/** A list of entries, or one string of entries separated by commas or white space (as an env variable holds them). */
export type TrustedProxies = readonly string[] | string;
