import { Box, Group, Tabs, Text } from '@mantine/core';
import { CopyButton } from '../../ui/code-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { clientSnippet, curlSnippet, embedSnippet, type SnippetSubject } from './snippets.ts';

/** Code that embeds or requests this video. */
export function SnippetsPanel({ subject }: { readonly subject: SnippetSubject }) {
  const snippets = [
    { id: 'embed', title: 'Embed', what: 'the embed code', code: embedSnippet(subject) },
    { id: 'client', title: 'tRPC client', what: 'the client call', code: clientSnippet(subject) },
    { id: 'curl', title: 'curl', what: 'the curl command', code: curlSnippet(subject) },
  ] as const;
  return (
    <Panel title="Code">
      <Tabs defaultValue="embed" color="var(--defrag-cool)">
        <Tabs.List>
          {snippets.map(({ id, title }) => (
            <Tabs.Tab key={id} value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippets.map(({ id, title, what, code }) => (
          <Tabs.Panel key={id} value={id} pt="sm">
            {code === null ? (
              <Text size="sm" c="dimmed">
                Render the video to get its URL.
              </Text>
            ) : (
              <Group align="flex-start" wrap="nowrap" gap="xs">
                <Box
                  component="pre"
                  className="number"
                  m={0}
                  p="sm"
                  fz="xs"
                  flex={1}
                  miw={0}
                  tabIndex={0}
                  role="region"
                  aria-label={`Code: ${title}`}
                  style={{
                    overflowX: 'auto',
                    border: '1px solid var(--defrag-line)',
                    overflowWrap: 'normal',
                    // Ligatures would make the code look different from what is copied.
                    fontVariantLigatures: 'none',
                  }}
                >
                  <code style={{ font: 'inherit' }}>{code}</code>
                </Box>
                <CopyButton value={code} what={what} />
              </Group>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Panel>
  );
}
