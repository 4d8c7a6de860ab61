import type { Video } from '@defrag/client';
import { ActionIcon, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconBolt, IconCopy, IconDots, IconExternalLink, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { toastSuccess } from '../../ui/toasts.ts';
import { nameOf } from './video-name.ts';
import { isUnderWay } from './video-note.ts';

/** What is done to a video now and then. */
export function VideoMenu({ video, onDelete }: { readonly video: Video; onDelete(): void }): ReactElement {
  const clipboard = useClipboard();
  const { hash, url, latest_job, duration_ms } = video;
  const copy = (text: string, what: string) => {
    clipboard.copy(text);
    toastSuccess(`The ${what} is copied`);
  };
  return (
    <Menu position="bottom-end" width={224}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`More for ${nameOf(hash)}`}>
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
            Open the event
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
            Open the file
          </Menu.Item>
        )}
        {url !== null && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copy(url, 'URL')}>
            Copy the URL
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copy(hash, 'hash')}>
          Copy the hash
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="var(--defrag-warm)"
          leftSection={<IconTrash size={16} />}
          disabled={isUnderWay(video)}
          onClick={onDelete}
        >
          {isUnderWay(video) ? 'Delete: cancel the render first' : 'Delete…'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
