export interface FiguresShown {
  readonly shown: readonly (readonly [string, string | number])[];
}

/** The figures at the side of a big screen. */
export function ScreenFigures({ shown }: FiguresShown) {
  return (
    <dl className="screen-figures">
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
