import { Alert } from '@mantine/core';
import { IconWifiOff } from '@tabler/icons-react';
import { onlineManager } from '@tanstack/react-query';
import { type ReactElement, useSyncExternalStore } from 'react';

/** Says that the network is gone, as long as it is. */
export function OfflineBanner(): ReactElement {
  const isOnline = useSyncExternalStore(
    (onChange) => onlineManager.subscribe(onChange),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status">
      {!isOnline && (
        <Alert variant="outline" color="gray" icon={<IconWifiOff />} title="You are offline" mb="md">
          What you see may be out of date. It is loaded again when the network is back.
        </Alert>
      )}
    </div>
  );
}
