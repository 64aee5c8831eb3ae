type SwitchProps = {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
};

/** On or off, in a row that is all of it to be tapped. */
export function Switch({ label, isOn, onChange }: SwitchProps) {
  return (
    <label className="-mb-1.5 flex min-h-12 items-center justify-between gap-3 text-[15px]">
      {label}
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        className="switch"
      />
    </label>
  );
}
