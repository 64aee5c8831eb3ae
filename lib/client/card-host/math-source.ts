import { REQUEST_TIMEOUT_MS } from '#lib/client/request.ts';
import { CARD_MATH_URL } from '#lib/contract/card-frame.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';

type Sides = Pick<ReviewCard, 'question' | 'answer'>;

const FORMULA = /\\[([]/;
/** What a card defines would hold for the cards after it. */
const DEFINITION = /\\(?:(?:re|provide)?newcommand|(?:re)?newenvironment|[gex]?def|let|global|DeclareMathOperator)\b/;

export const hasFormulas = ({ question, answer }: Sides): boolean => FORMULA.test(question) || FORMULA.test(answer);

/** Whether its formulas change what formulas mean. */
export const definesMacros = (sides: Sides): boolean =>
  hasFormulas(sides) && (DEFINITION.test(sides.question) || DEFINITION.test(sides.answer));

let source: Promise<string | null> | null = null;

/** The text of MathJax, loaded once; null where it cannot be had now. Once loaded the service worker keeps it. */
export function mathSource(): Promise<string | null> {
  source ??= load();
  return source;
}

async function load(): Promise<string | null> {
  const text = await fetch(CARD_MATH_URL, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
    .then((answer) => (answer.ok ? answer.text() : null))
    .catch(() => null);
  if (text === null) source = null;
  return text;
}

/** Fetches MathJax where one of these cards will need it, so that it is there without the Mac. */
export async function fetchMathFor(cards: readonly Sides[]): Promise<void> {
  if (cards.some(hasFormulas)) await mathSource();
}
