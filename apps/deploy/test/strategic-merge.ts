/** By what the items of a list are known, in the parts of a Deployment that are patched here. */
const KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
};

/** Merges a patch into an object as `kubectl apply -k` does: objects by their keys, the lists above by their items. */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isObject(target) || !isObject(patch)) return patch;
  const merged: Record<string, unknown> = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    const key = KEYS[name];
    const earlier = merged[name];
    merged[name] =
      key !== undefined && Array.isArray(value) && Array.isArray(earlier)
        ? mergeLists(earlier, value, key)
        : strategicMerge(earlier, value);
  }
  return merged;
}

function mergeLists(
  items: readonly unknown[],
  patches: readonly unknown[],
  key: string,
): readonly unknown[] {
  const idOf = (item: unknown) => (isObject(item) ? item[key] : undefined);
  const added = patches.filter((patch) => !items.some((item) => idOf(item) === idOf(patch)));
  const kept = items.map((item) => {
    const patch = patches.find((one) => idOf(one) === idOf(item));
    return patch === undefined ? item : strategicMerge(item, patch);
  });
  return [...added, ...kept];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
