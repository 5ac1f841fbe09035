/** The field of better-auth's session in which the binding is kept, as text. No client sets it. */
export const BINDING_FIELD = 'trustedHeader';

/** The field, as better-auth reads it. */
type BindingField = ReturnType<typeof createBindingField>;

/** Makes what the plugin adds to better-auth's session. */
export function createBindingField() {
  return { type: 'string', required: false, input: false, returned: false } as const;
}

/**
 * Lets clients be given the field, where sessions are in a secondary storage: when better-auth writes a session there once more, to renew
 * it, it keeps only the fields that are returned. Without ours it would be another login's session, and never end.
 */
export function returnField(field: BindingField): void {
  Reflect.set(field, 'returned', true);
}

/** Gives the fields of a new session. What was no binding is none afterwards. */
export function fieldsOf(binding: unknown): Readonly<Record<string, string>> {
  return { [BINDING_FIELD]: JSON.stringify(binding) };
}

/** Reads what a session has stored: undefined where another login has made it. Text that is no JSON is given as it is. */
export function storedBinding(session: object): unknown {
  const text: unknown = Reflect.get(session, BINDING_FIELD);
  return text === null ? undefined : fromJson(text);
}

/** Reads JSON, and gives what is none as it is. */
export function fromJson(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) ?? text;
  } catch {
    return text;
  }
}
