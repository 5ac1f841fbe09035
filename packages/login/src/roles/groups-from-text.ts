import { trimOws } from '@trusted-header/core';

/**
 * Splits the value of an environment variable, `ADMIN_GROUPS=admins,ops`, into lines for {@link defineRoles}.
 *
 * Unset or empty gives no lines: the role is there, and nobody has it.
 *
 * @param separator Default `,`. Groups that are distinguished names hold commas: say `;` or `|`.
 *
 * @example
 * ```ts
 * import { defineRoles, groupsFromText } from '@trusted-header/login';
 *
 * const roles = defineRoles({ admin: groupsFromText(process.env.ADMIN_GROUPS), viewer: '*' });
 * ```
 */
export function groupsFromText(text: string | undefined, separator = ','): readonly string[] {
  return (text ?? '')
    .split(separator)
    .map(trimOws)
    .filter((group) => group !== '');
}
