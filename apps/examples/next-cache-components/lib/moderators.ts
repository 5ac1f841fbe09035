/** Who may take notes down: the policy of a path, a page and an action. */
export const moderators = { groups: { anyOf: ['moderators'] } };
