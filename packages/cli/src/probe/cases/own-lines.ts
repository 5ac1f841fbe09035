import type { Scene } from './case.js';

/** A line with a canary for each header that the application reads, its name as it is or spelt in another way. */
export function ownLines(
  { names, plant }: Scene,
  spell: (name: string) => string = (name) => name,
): string[] {
  return Object.entries(names).map(([role, name]) => {
    const value = plant(name, 'own', role);
    return `${spell(name)}: ${role === 'email' ? `${value}@probe.invalid` : value}`;
  });
}

/** Swaps the separators of a name for another one. */
export function separatedBy(separator: '_' | '.'): (name: string) => string {
  return (name) => {
    const spelt = name.replace(/[-_]/g, separator);
    // The other spelling of a name that has underscores of its own is the one with hyphens.
    return spelt === name ? name.replace(/_/g, '-') : spelt;
  };
}
