import type { FrictionEventDetail } from '@defrag/api/client';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { isUnderWay, newestJob } from './render-state.ts';
import type { RenderCommands } from './use-render-commands.ts';

/** What can be done about the video of an event as it stands. */
export function RenderActions({
  event,
  commands,
  isDisabled,
}: {
  readonly event: FrictionEventDetail;
  readonly commands: RenderCommands;
  readonly isDisabled: boolean;
}): ReactElement {
  const [isAsked, { open, close }] = useDisclosure(false);
  const job = newestJob(event);
  const state = { disabled: isDisabled, loading: commands.isAsking };
  if (isUnderWay(event)) {
    return (
      <Button
        variant="default"
        {...state}
        disabled={isDisabled || job?.cancel_requested === true}
        onClick={commands.cancel}
      >
        {job?.cancel_requested ? 'Cancelling' : 'Cancel render'}
      </Button>
    );
  }
  const { status } = event.video;
  return (
    <Group gap="xs">
      {job?.state === 'FAILED' ? (
        <Button {...state} onClick={commands.retry}>
          Try again
        </Button>
      ) : (
        status !== 'READY' && (
          <Button {...state} onClick={commands.render}>
            Render
          </Button>
        )
      )}
      {status === 'READY' && (
        <Button variant="default" {...state} onClick={open}>
          Force regenerate
        </Button>
      )}
      <Modal opened={isAsked} onClose={close} title="Render this video again?" centered>
        <Text size="sm">
          The video is ready, and rendering it again must give the same bytes. That is what this checks: the
          new file is compared with the stored one. Equal bytes change nothing. Other bytes are an error, and
          the stored file stays.
        </Text>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={close}>
            Keep it
          </Button>
          <Button
            onClick={() => {
              close();
              commands.regenerate();
            }}
          >
            Render again
          </Button>
        </Group>
      </Modal>
    </Group>
  );
}
