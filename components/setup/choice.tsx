type ChoiceProps<Value extends string | number> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
};

/** One of a few, in a row, by the picker of the device. A value that is none of them is shown as it is. */
export function Choice<Value extends string | number>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <label className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 border-t border-hair py-1.5">
      {label}
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = options.find(([option]) => String(option) === currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
        className="ml-auto min-h-11 max-w-full rounded-[10px] bg-bg px-2.5 text-[16px] text-accent"
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
