'use client';

import { Card } from '#components/ui/card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { changeSettings, type Settings, SPEECH_RATES, useSettings, withName } from '#lib/client/review/settings.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';

/** The settings that are on or off by themselves. */
type OnOff = { [Key in keyof Settings]: Settings[Key] extends boolean ? Key : never }[keyof Settings];

type OptionProps = {
  readonly label: string;
  /** What it means, in a sentence. */
  readonly note: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
};

function Option({ label, note, isOn, onChange }: OptionProps) {
  return (
    <div className="border-t border-hair py-1.5 first:border-0 last:pb-0">
      <Switch label={label} isOn={isOn} onChange={onChange} />
      <p className="pr-16 pb-1 text-note text-dim">{note}</p>
    </div>
  );
}

type OwnOptionProps = { readonly settings: Settings; readonly of: OnOff } & Pick<OptionProps, 'label' | 'note'>;

const OwnOption = ({ settings, of, ...words }: OwnOptionProps) => (
  <Option {...words} isOn={settings[of]} onChange={(isOn) => changeSettings({ [of]: isOn })} />
);

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Card className="py-2!">
      <h3 className="pt-1 text-note text-dim">{title}</h3>
      {children}
    </Card>
  );
}

function SpeechRate({ rate }: { readonly rate: number }) {
  const { slowest, fastest } = SPEECH_RATES;
  return (
    <label className="flex min-h-12 items-center gap-3 border-t border-hair text-[15px]">
      <span className="flex-none">Speed of the voice</span>
      <input
        type="range"
        min={slowest}
        max={fastest}
        step={0.1}
        value={rate}
        aria-valuetext={`${rate} times its own speed`}
        onChange={({ currentTarget }) => changeSettings({ speechRate: Number(currentTarget.value) })}
        className="h-11 min-w-0 flex-1 accent-[var(--fill)]"
      />
      <span aria-hidden="true" className="w-12 flex-none text-right whitespace-nowrap text-dim">
        {rate.toFixed(1)} ×
      </span>
    </label>
  );
}

function Listening({ settings }: { readonly settings: Settings }) {
  return (
    <Group title="Listening">
      <OwnOption
        settings={settings}
        of="autoplay"
        label="Play a card’s sounds"
        note="When a side is shown, as Anki does; after the first tap."
      />
      <OwnOption
        settings={settings}
        of="handsFree"
        label="Hands-free"
        note="A bar to begin it: the question is read, there is a pause, the answer is shown and read, then it waits for you to grade. Any press makes it quiet until the next card."
      />
      <SpeechRate rate={settings.speechRate} />
      <p className="border-t border-hair py-2 text-note text-dim">
        The voices are this phone’s own. They fall silent when it is locked or another app is opened; hands-free keeps
        the screen on.
      </p>
    </Group>
  );
}

type AllowedProps = {
  readonly title: string;
  readonly of: 'scriptedNoteTypes' | 'remoteImageDecks';
  readonly settings: Settings;
  /** The name that the card on the screen bears; null for none. */
  readonly current: string | null;
  readonly note: string;
  /** Said of the other names in the list. */
  readonly otherNote: string;
};

/** What is allowed name by name, the card's own first. What is not on the screen can be taken back too. */
function Allowed({ title, of, settings, current, note, otherNote }: AllowedProps) {
  const allowed = settings[of];
  const others = allowed.filter((name) => name !== current);
  const names = current === null ? others : [current, ...others];
  if (names.length === 0) return null;
  return (
    <Group title={title}>
      {names.map((name) => (
        <Option
          key={name}
          label={name}
          note={name === current ? note : otherNote}
          isOn={allowed.includes(name)}
          onChange={(isOn) => changeSettings({ [of]: withName(allowed, name, isOn) })}
        />
      ))}
    </Group>
  );
}

type SettingsSheetProps = {
  /** The one on the screen, whose deck and note type can be trusted here; null for none. */
  readonly card: ReviewCard | null;
  readonly onClose: () => void;
};

/** How this phone reviews. Everything holds at once. */
export function SettingsSheet({ card, onClose }: SettingsSheetProps) {
  const settings = useSettings();
  return (
    <Sheet title="Review settings" onClose={onClose}>
      <Listening settings={settings} />
      <Group title="Answering">
        <OwnOption
          settings={settings}
          of="swipes"
          label="Swipe to answer"
          note="Over the answers, once the card is turned: left is Again, right is Good. The buttons stay."
        />
        <OwnOption
          settings={settings}
          of="mayType"
          label="Type answers"
          note="On cards that ask for it. Off: they are shown without the field."
        />
      </Group>
      <Group title="Without the Mac">
        <OwnOption
          settings={settings}
          of="keepNewCards"
          label="Keep new cards"
          note="Due cards are kept for review on the way; new ones only if you want."
        />
      </Group>
      <Allowed
        title="Pictures from other servers"
        of="remoteImageDecks"
        settings={settings}
        current={card?.deck ?? null}
        note="This deck. Whoever has the pictures learns when you see them, and from where."
        otherNote="Another deck, allowed before."
      />
      <Allowed
        title="Scripts of cards"
        of="scriptedNoteTypes"
        settings={settings}
        current={card?.noteType ?? null}
        note="This note type. Its scripts run within the card: they cannot grade or read this page. One made for it could tell another server what is on its cards, so allow only what you trust."
        otherNote="Another note type, allowed before."
      />
      <p className="px-1 text-note text-dim">Kept on this phone.</p>
    </Sheet>
  );
}
