/** The field of better-auth's session in which the binding is kept, as text. No client sets it, none is given it. */
export const BINDING_FIELD = 'trustedHeader';

/** What the plugin adds to better-auth's schema. */
export const schema = {
  session: {
    fields: {
      [BINDING_FIELD]: { type: 'string', required: false, input: false, returned: false },
    },
  },
} as const;

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
