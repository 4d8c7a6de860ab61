import type { ReactNode } from 'react';

export function Panel(props: {
  readonly title: string;
  readonly note: string;
  readonly children: ReactNode;
}) {
  const { title, note, children } = props;
  return (
    <article className="panel" aria-label={title}>
      <h3>{title}</h3>
      <p>{note}</p>
      {children}
    </article>
  );
}
