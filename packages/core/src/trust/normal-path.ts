/**
 * Gives an absolute path its one spelling (T5): without empty and `.` segments, `..` resolved. The text decides, not the
 * disk: links are not followed. A path that is not absolute stays as it is, and equals no absolute one.
 */
export function normalPath(path: string): string {
  if (!path.startsWith('/')) return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}
