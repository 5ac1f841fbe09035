// What is not compiled, and why: each of these is the framework's own, and is printed with the results.

const ESM = 'is ES modules only, which TypeScript lets CommonJS files load from nodenext (5.8) on';

/** `file` is the example's name, without `-login`. `where` tells for which project, mode, type and version. */
export const LIMITS = [
  { file: 'authjs', why: `next-auth ${ESM}`, where: loadsNoEsm },
  {
    file: 'nestjs',
    why: `Nest 12 ${ESM}`,
    where: (it) => it.project === 'modern' && loadsNoEsm(it),
  },
  {
    file: 'better-auth',
    why: `better-auth ${ESM}, and has no types for node10; its 600 declaration files take as long as all the rest in TypeScript before 7`,
    where: (it) => it.number < 7 || loadsNoEsm(it),
  },
];

function loadsNoEsm({ type, mode, number }) {
  return type === 'commonjs' && (mode === 'node16' || (mode === 'nodenext' && number < 5.8));
}

/** Gives the limit that keeps an example out. */
export function limitOf(name, where) {
  return LIMITS.find((limit) => name.replace(/-login$/, '') === limit.file && limit.where(where));
}
