/** Makes A to Z small and leaves every other character: `toLowerCase()` makes the Kelvin sign a k, which is another name. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
