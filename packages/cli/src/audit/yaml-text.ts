import { visible } from '../visible.js';

/** Words that YAML 1.1 or 1.2 takes for something other than text. */
const WORD = /^(?:true|false|yes|no|on|off|y|n|null|e-?\d+)$/i;
const PLAIN_NAME = /^[a-z_][a-z0-9._-]*$/i;
/** IP addresses or blocks with commas; not with a colon at the end, which would make a key of it. */
const PLAIN_ADDRESS =
  /^(?:(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]*:[0-9a-f]+)(?:\/\d{1,3})?(?:,(?=.)|$))+$/i;
/** What YAML 1.1 takes for a number to the base of 60: an IPv6 address without letters may look so. */
const SEXAGESIMAL = /^\d+(?::\d+)+$/;

/** Writes a text as one YAML scalar: plain where nothing in it means anything to YAML, else in double quotes. */
export function yamlText(text: string): string {
  const isAddress = PLAIN_ADDRESS.test(text) && !SEXAGESIMAL.test(text);
  if ((PLAIN_NAME.test(text) && !WORD.test(text)) || isAddress) return text;
  return visible(JSON.stringify(text));
}
