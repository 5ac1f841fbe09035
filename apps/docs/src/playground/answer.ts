import {
  answerJson,
  checkRequest,
  describeAnswer,
  isCliError,
  type Section,
  visible,
} from '@trusted-header/cli/check';
import { ConfigError, problemOf } from '@trusted-header/core';
import { type PlaygroundInput, requestOf } from './input.js';

/** What the page shows: a decision in words and as JSON, or what is wrong with the input. */
export type PlaygroundAnswer =
  | {
      readonly kind: 'answer';
      readonly sections: readonly Section[];
      readonly json: string;
      /** The code of a refusal, which has a page. */
      readonly code?: string;
      /** What the client gets, as JSON. */
      readonly problem?: string;
    }
  | { readonly kind: 'mistake'; readonly message: string };

/** Decides as `npx @trusted-header/cli check` does: by the same code, run in the browser. */
export function answerTo(input: PlaygroundInput): PlaygroundAnswer {
  try {
    const answer = checkRequest(requestOf(input));
    const decision = answer.result?.decision;
    const problem = decision && decision.kind !== 'authenticated' ? problemOf(decision) : undefined;
    return {
      kind: 'answer',
      sections: describeAnswer(answer).map(shown),
      json: eachLine(answerJson(answer)),
      ...(decision?.kind === 'refused' && { code: decision.reason }),
      ...(problem && { problem: JSON.stringify(problem, null, 2) }),
    };
  } catch (error) {
    if (!isCliError(error) && !(error instanceof ConfigError)) throw error;
    return { kind: 'mistake', message: eachLine(error.message) };
  }
}

function eachLine(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** Nothing that is pasted reorders or hides what the page says. */
function shown({ title, says, rows, ...section }: Section): Section {
  return {
    ...section,
    title: visible(title),
    ...(says !== undefined && { says: visible(says) }),
    rows: rows.map(([label, text]) => [visible(label), visible(text)]),
  };
}
