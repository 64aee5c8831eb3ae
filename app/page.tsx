import type { Metadata } from 'next';
import { InlineScript } from '#components/shell/inline-script.tsx';
import { Screen } from '#components/shell/screen.tsx';
import { StatusScreen } from '#components/status/status-screen.tsx';
import { clockText } from '#lib/client/clock-text.ts';
import { durationText } from '#lib/client/duration-text.ts';
import { firstPaintScript } from '#lib/client/first-paint.ts';
import { tellGlance } from '#lib/client/glance.ts';
import { KEPT_PREFIX } from '#lib/client/kept/answers.ts';
import { REQUEST_TIMEOUT_MS } from '#lib/client/request.ts';
import { STATUS_URL } from '#lib/client/status-url.ts';

export const metadata: Metadata = { title: { absolute: 'Lifeline' } };

const script = firstPaintScript({
  key: KEPT_PREFIX + STATUS_URL,
  url: STATUS_URL,
  timeoutMs: REQUEST_TIMEOUT_MS,
  tell: tellGlance,
  clock: clockText,
  duration: durationText,
});

export default function StatusPage() {
  return (
    <>
      <Screen tab="/" columns>
        <StatusScreen />
      </Screen>
      <InlineScript code={script} />
    </>
  );
}
