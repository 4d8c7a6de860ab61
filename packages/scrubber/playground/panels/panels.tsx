import { VideoScrubber } from '@defrag/scrubber';
import { faultyVideo, PANEL_VIDEO } from '../media-url.ts';
import { InAForm } from './in-a-form.tsx';
import { KeyboardOnly } from './keyboard-only.tsx';
import { OwnSlider } from './own-slider.tsx';
import { Panel } from './panel.tsx';
import { ScrollDriven } from './scroll-driven.tsx';

/** One panel per recipe and per server fault. */
export function Panels() {
  return (
    <section aria-labelledby="panels">
      <h2 id="panels">Recipes and faults</h2>
      <div className="panels">
        <Panel title="Own slider" note="useVideoScrub with a native slider.">
          <OwnSlider />
        </Panel>
        <Panel title="Form" note="The position is a form field.">
          <InAForm />
        </Panel>
        <Panel title="Scroll-driven" note="Scrolling the box moves the position.">
          <ScrollDriven />
        </Panel>
        <Panel title="Keyboard only" note="Pointers are ignored; reach the slider with Tab.">
          <KeyboardOnly />
        </Panel>
        <Panel title="Right to left" note="0% is on the right; the left arrow moves forwards.">
          <VideoScrubber src={PANEL_VIDEO} preload="metadata" dir="rtl" label="Position right to left" />
        </Panel>
        <Panel title="Disabled" note="Neither pointers nor keys move it.">
          <VideoScrubber
            src={PANEL_VIDEO}
            preload="metadata"
            defaultValue={0.5}
            disabled
            label="Position of a disabled slider"
          />
        </Panel>
        <Panel title="No Range" note="The whole file is fetched into memory.">
          <VideoScrubber src={faultyVideo('whole')} label="Position without Range" />
        </Panel>
        <Panel title="Slow network" note="The track shows the loaded parts.">
          <VideoScrubber src={faultyVideo('slow')} label="Position on a slow network" />
        </Panel>
        <Panel title="404" note="The file does not exist.">
          <VideoScrubber src={faultyVideo('missing')} label="Position of a missing video" />
        </Panel>
        <Panel title="CORS" note="The server sends no CORS headers.">
          <VideoScrubber
            src={faultyVideo('closed')}
            crossOrigin="anonymous"
            label="Position of a video without CORS"
          />
        </Panel>
      </div>
    </section>
  );
}
