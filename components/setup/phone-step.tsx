import { Command } from '#components/ui/command.tsx';
import type { ThisDevice } from '#lib/client/setup/this-device.ts';
import type { Setup } from '#lib/contract/setup.ts';
import { QrCode } from './qr-code.tsx';

type PhoneStepProps = { readonly setup: Setup | null; readonly device: ThisDevice };

/** The address as a code for a phone's camera, and as a text. */
export function PhoneStep({ setup, device }: PhoneStepProps) {
  const link = setup?.link ?? (device.isHttps ? device.origin : null);
  if (link === null) {
    return <p>There is no https address yet that a phone could open. The first step makes one.</p>;
  }
  const isPairing = link !== setup?.serve.url && URL.parse(link)?.search !== '';
  return (
    <>
      <p className="mb-3">
        {device.kind === 'desktop' ? 'On the phone' : 'On another device'}: turn Tailscale on, open the camera, point it
        here and open what it finds.
      </p>
      <QrCode text={link} label={`QR code of ${isPairing ? 'a link that lets a device in' : link}`} />
      {isPairing ? (
        <p className="mt-3">This code lets in whoever scans it. Show it to nobody else.</p>
      ) : (
        <Command text={link} name="the address" />
      )}
    </>
  );
}
