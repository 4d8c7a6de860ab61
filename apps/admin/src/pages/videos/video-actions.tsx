import type { Video } from '@defrag/client';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconBolt, IconCopy, IconDots, IconExternalLink, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { toastSuccess } from '../../ui/toasts.ts';
import { useVideoAction } from './use-video-action.ts';
import { isActive, isRetryable, nameOf } from './video-note.ts';

/** The likely next action: retry a failed render, or cancel an active one. */
export function VideoButtons({ video }: { readonly video: Video }) {
  const { hash, latest_job } = video;
  return (
    <>
      {isRetryable(video) && <ActionButton action="retry" hash={hash} label={`Retry ${nameOf(hash)}`} />}
      {isActive(video) && (
        <ActionButton
          action="cancel"
          hash={hash}
          label={`Cancel the render of ${nameOf(hash)}`}
          isDisabled={latest_job?.cancel_requested ?? false}
        />
      )}
    </>
  );
}

function ActionButton(props: {
  readonly action: 'retry' | 'cancel';
  readonly hash: string;
  readonly label: string;
  readonly isDisabled?: boolean;
}) {
  const { mutate, isPending } = useVideoAction(props.action);
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={isPending}
      disabled={props.isDisabled ?? false}
      aria-label={props.label}
      onClick={({ currentTarget }) => {
        mutate([props.hash]);
        // The button disappears once it has done its work, so move the focus to its card.
        currentTarget.closest<HTMLElement>('[data-video]')?.focus({ preventScroll: true });
      }}
    >
      {props.action === 'retry' ? 'Retry' : 'Cancel'}
    </Button>
  );
}

export function VideoMenu({ video, onDelete }: { readonly video: Video; onDelete(): void }) {
  const clipboard = useClipboard();
  const { hash, url, latest_job, duration_ms } = video;
  const copy = (text: string, what: string) => {
    clipboard.copy(text);
    toastSuccess(`${what} copied`);
  };
  return (
    <Menu position="bottom-end" width={224}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`More actions for ${nameOf(hash)}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {latest_job && (
          <Menu.Item
            leftSection={<IconBolt size={16} />}
            renderRoot={(props) => (
              <Link
                to="/events/$frictionId"
                params={{ frictionId: latest_job.friction_id }}
                search={{ duration_ms: duration_ms ?? undefined }}
                {...props}
              />
            )}
          >
            Open event
          </Menu.Item>
        )}
        {url !== null && (
          <Menu.Item
            component="a"
            href={url}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={16} />}
          >
            Open file
          </Menu.Item>
        )}
        {url !== null && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copy(url, 'URL')}>
            Copy URL
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copy(hash, 'Hash')}>
          Copy hash
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="var(--defrag-warm)"
          leftSection={<IconTrash size={16} />}
          disabled={isActive(video)}
          onClick={onDelete}
        >
          {isActive(video) ? 'Delete (cancel the render first)' : 'Delete…'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
