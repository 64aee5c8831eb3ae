import type { Metadata } from 'next';
import { SetupScreen } from '#components/setup/setup-screen.tsx';
import { Screen } from '#components/shell/screen.tsx';

export const metadata: Metadata = { title: 'Setup' };

export default function SetupPage() {
  return (
    <Screen title="Setup" tab="/setup">
      <SetupScreen />
    </Screen>
  );
}
