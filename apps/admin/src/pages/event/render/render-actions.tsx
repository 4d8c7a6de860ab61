import type { FrictionEventDetail } from '@defrag/client';
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
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
      <ConfirmDialog
        opened={isAsked}
        title="Render this video again?"
        confirmLabel="Render again"
        cancelLabel="Keep it"
        isPending={commands.isAsking}
        onClose={close}
        onConfirm={() => {
          close();
          commands.regenerate();
        }}
      >
        The video is ready, and rendering it again must give the same bytes. That is what this checks: the new
        file is compared with the stored one. Equal bytes change nothing. Other bytes are an error, and the
        stored file stays.
      </ConfirmDialog>
    </Group>
  );
}
