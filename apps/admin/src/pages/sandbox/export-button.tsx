import { durationInFrames } from '@defrag/core';
import { frameAt } from '@defrag/scrubber';
import { Button } from '@mantine/core';
import { IconPhotoDown } from '@tabler/icons-react';
import { useState } from 'react';
import { toastFailure } from '../../ui/toasts.ts';
import { identityOf } from './identity.ts';
import type { SandboxInputs } from './sandbox-inputs.ts';

const HASH_CHARACTERS = 8;

interface ExportButtonProps {
  readonly inputs: SandboxInputs;
  readonly position: number;
}

export function ExportButton({ inputs, position }: ExportButtonProps) {
  const [isDrawing, setDrawing] = useState(false);
  const save = async () => {
    setDrawing(true);
    try {
      const frame = frameAt(position, durationInFrames(inputs.duration_ms));
      const { drawFrame } = await import('./draw-frame.ts');
      saveFile(await drawFrame(inputs, frame), fileName(inputs, frame));
    } catch (error) {
      toastFailure('Could not export the frame', error instanceof Error ? error.message : String(error));
    } finally {
      setDrawing(false);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconPhotoDown size={16} />}
      loading={isDrawing}
      onClick={() => void save()}
    >
      Export frame as PNG
    </Button>
  );
}

/** Such as `defrag-f72-p55-4f53cda1-frame-090.png`; frames count from 0, as on the page. */
function fileName(inputs: SandboxInputs, frame: number): string {
  const { hash } = identityOf(inputs);
  const number = String(frame).padStart(3, '0');
  const scores = `f${inputs.friction_score}-p${inputs.pressure_score}`;
  return `defrag-${scores}-${hash.slice(0, HASH_CHARACTERS)}-frame-${number}.png`;
}

function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has started to read it by the next task.
  setTimeout(() => URL.revokeObjectURL(address));
}
