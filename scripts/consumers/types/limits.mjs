// What is not compiled, and why: each of these is the framework's own, and is printed with the results.

/** `file` begins the example's name; the rest says where it holds: everywhere, if it is left out. */
export const LIMITS = [];

export function limitsOf(file, where) {
  return LIMITS.filter(
    (limit) =>
      file.split('-login')[0] === limit.file &&
      ['project', 'mode', 'type'].every(
        (key) => limit[key] === undefined || [limit[key]].flat().includes(where[key]),
      ) &&
      (limit.below === undefined || where.number < limit.below),
  );
}
