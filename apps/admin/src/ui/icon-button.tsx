import { ActionIcon, type ActionIconProps, createPolymorphicComponent, Tooltip } from '@mantine/core';

/** An icon as a button or link; `label` is its tooltip and accessible name. */
export const IconButton = createPolymorphicComponent<'button', ActionIconProps & { readonly label: string }>(
  function IconButton({ label, ...rest }: ActionIconProps & { readonly label: string }) {
    return (
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} {...rest} />
      </Tooltip>
    );
  },
);
