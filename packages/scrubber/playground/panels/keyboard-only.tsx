import { VideoScrubber } from '@defrag/scrubber';
import { useState } from 'react';
import { PANEL_VIDEO } from '../media-url.ts';

const KEYS = [
  ['arrows', '1 %'],
  ['Shift + arrows', '10 %'],
  ['Page Up, Page Down', '10 %'],
  ['Home, End', 'to an end'],
] as const;

/** A slider that only keys can move. */
export function KeyboardOnly() {
  const [value, setValue] = useState(0);
  return (
    <>
      <VideoScrubber
        src={PANEL_VIDEO}
        preload="metadata"
        label="Position by keys"
        sliderClassName="keys-only"
        value={value}
        onValueChange={setValue}
      />
      <table>
        <caption className="hidden">Keys</caption>
        <tbody>
          {KEYS.map(([keys, distance]) => (
            <tr key={keys}>
              <th scope="row">{keys}</th>
              <td>{distance}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
