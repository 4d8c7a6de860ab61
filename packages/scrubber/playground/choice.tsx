/** A group of radio buttons. */
export function Choice<Name extends string>(props: {
  readonly legend: string;
  readonly options: Readonly<Record<Name, string>>;
  readonly chosen: NoInfer<Name>;
  readonly onChoose: (name: NoInfer<Name>) => void;
}) {
  const { legend, options, chosen, onChoose } = props;
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {(Object.keys(options) as Name[]).map((name) => (
        <label key={name}>
          <input
            type="radio"
            name={legend}
            value={name}
            checked={name === chosen}
            onChange={() => onChoose(name)}
          />
          <span>{options[name]}</span>
        </label>
      ))}
    </fieldset>
  );
}
