import type { Failed, Phase } from '#lib/domain/probe.ts';
import { shortText } from '#lib/domain/short-text.ts';
import { classify, type Fault, isLocal } from './classify.ts';

/** Why a probe ended without the answer: everything of a `Failed` that is not measured by the clock. */
export type Why = Pick<Failed, 'reason' | 'status' | 'code' | 'detail' | 'local'>;

/** The fields of anything thrown or emitted that tell what it was. */
export function faultOf(error: unknown): Fault {
  return { ...textOf(error, 'code'), ...textOf(error, 'syscall') };
}

/** Why, by an error that this phase ended with. */
export function whyOf(error: unknown, phase: Phase): Why {
  const fault = faultOf(error);
  const reason = classify(fault, phase);
  const { message = '' } = textOf(error, 'message');
  const words = reason === 'bad-certificate' || reason === 'unexplained' ? wordsOf(error, message) : '';
  return {
    reason,
    ...(fault.code === undefined ? {} : { code: fault.code }),
    ...(words === '' ? {} : { detail: shortText(words) }),
    ...(isLocal(fault, message) ? { local: true } : {}),
  };
}

/** The fault in words, without the advice that Node adds after a semicolon. */
function wordsOf(error: unknown, message: string): string {
  const { reason = message } = textOf(error, 'reason');
  return reason.split(';')[0] ?? '';
}

function textOf<Key extends string>(error: unknown, key: Key): { readonly [K in Key]?: string } {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' ? ({ [key]: value } as { [K in Key]: string }) : {};
}
