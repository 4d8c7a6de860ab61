import { VideoScrubber } from '@defrag/scrubber';
import { type FormEvent, useState } from 'react';
import { PANEL_VIDEO } from '../media-url.ts';

/** The position as a form field. */
export function InAForm() {
  const [sent, setSent] = useState('nothing sent yet');
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const position = new FormData(event.currentTarget).get('position');
    setSent(`position=${position}`);
  };
  return (
    <form onSubmit={onSubmit}>
      <VideoScrubber
        src={PANEL_VIDEO}
        preload="metadata"
        defaultValue={0.25}
        name="position"
        label="Position in a form"
      />
      <div className="row">
        <button type="submit">Send</button>
        <output>{sent}</output>
      </div>
    </form>
  );
}
