const LONGEST = 80;

/** Quotes any configuration value for an error message: JSON, cut to 80 characters; never throws. */
export function showValue(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : showOther(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function showOther(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `a ${typeof value}`;
  }
}
