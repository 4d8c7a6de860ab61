import { VideoScrubber } from '@defrag/scrubber';
import { faultyVideo, PANEL_VIDEO } from '../media-url.ts';
import { InAForm } from './in-a-form.tsx';
import { KeyboardOnly } from './keyboard-only.tsx';
import { OwnSlider } from './own-slider.tsx';
import { Panel } from './panel.tsx';
import { ScrollDriven } from './scroll-driven.tsx';

/** One panel for each use, and for each thing that goes wrong. */
export function Panels() {
  return (
    <section aria-labelledby="panels">
      <h2 id="panels">What else there is</h2>
      <div className="panels">
        <Panel title="Own slider" note="useVideoScrub, and a slider of the browser.">
          <OwnSlider />
        </Panel>
        <Panel title="Form" note="The position is a field with a name.">
          <InAForm />
        </Panel>
        <Panel title="Scroll-driven" note="Scroll the box: its way is the position.">
          <ScrollDriven />
        </Panel>
        <Panel title="Keyboard only" note="Pointers do nothing here; reach the slider with Tab.">
          <KeyboardOnly />
        </Panel>
        <Panel title="Right to left" note="0 % is on the right, and the left arrow goes on.">
          <VideoScrubber src={PANEL_VIDEO} preload="metadata" dir="rtl" label="Position right to left" />
        </Panel>
        <Panel title="Disabled" note="Neither pointer nor key moves it.">
          <VideoScrubber
            src={PANEL_VIDEO}
            preload="metadata"
            defaultValue={0.5}
            disabled
            label="Position that is fixed"
          />
        </Panel>
        <Panel title="No Range" note="The file comes whole, so it is kept in memory.">
          <VideoScrubber src={faultyVideo('whole')} label="Position without Range" />
        </Panel>
        <Panel title="Slow network" note="What has been loaded shows on the line.">
          <VideoScrubber src={faultyVideo('slow')} label="Position on a slow network" />
        </Panel>
        <Panel title="404" note="The server has no such file.">
          <VideoScrubber src={faultyVideo('missing')} label="Position of a missing video" />
        </Panel>
        <Panel title="CORS" note="The server answers to pages of its own alone.">
          <VideoScrubber
            src={faultyVideo('closed')}
            crossOrigin="anonymous"
            label="Position of a closed video"
          />
        </Panel>
      </div>
    </section>
  );
}
