/** First 32 bits of the fractional parts of the roots of the first primes (FIPS 180-4, sections 4.2.2 and 5.3.3). */
const [ROUNDS, START] = constants();

/** Computes SHA-256 (FIPS 180-4) of a text's UTF-16 code units, big-endian, in hex. Synchronous, on every runtime. */
export function sha256(text: string): string {
  const words = pad(text);
  const state = Uint32Array.from(START);
  for (let block = 0; block < words.length; block += 16) {
    compress(state, words.subarray(block, block + 16));
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** Two code units in each word, then a one bit, zeros, and the length in bits. */
function pad(text: string): Uint32Array {
  const bits = text.length * 16;
  const words = new Uint32Array(Math.ceil((bits + 65) / 512) * 16);
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : 0x8000;
    words[i >> 1] = at(words, i >> 1) | (i % 2 === 0 ? unit << 16 : unit);
  }
  words[words.length - 2] = Math.floor(bits / 2 ** 32);
  words[words.length - 1] = bits;
  return words;
}

function compress(state: Uint32Array, block: Uint32Array): void {
  const schedule = new Uint32Array(64);
  schedule.set(block);
  for (let i = 16; i < 64; i++) {
    const early = at(schedule, i - 15);
    const late = at(schedule, i - 2);
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[i] = at(schedule, i - 16) + s0 + at(schedule, i - 7) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + at(ROUNDS, i) + at(schedule, i)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = at(state, i) + word;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function constants(): readonly [rounds: Uint32Array, start: Uint32Array] {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++)
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return [
    Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  ];
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}
