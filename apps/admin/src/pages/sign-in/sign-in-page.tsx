import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { codeOf, textOf } from '../../api/error-text.ts';
import { trpc } from '../../api/trpc.ts';

const route = getRouteApi('/sign-in');

/** Exchanges the admin key for the cookie of a session. The field is all that ever holds the key. */
export function SignInPage(): ReactElement {
  const { from = '/events' } = route.useSearch();
  const router = useRouter();
  const utils = trpc.useUtils();
  const session = trpc.session.get.useQuery();
  const [isEmpty, setEmpty] = useState(false);
  const signIn = trpc.session.signIn.useMutation({
    // The key would otherwise be kept as what the mutation was called with.
    gcTime: 0,
    onSuccess: (signedIn) => {
      utils.session.get.setData(undefined, signedIn);
      signIn.reset();
    },
  });
  useDocumentTitle('Sign in · Defrag Video');
  if (session.data?.signed_in) return <Navigate to={from} from="/" replace />;

  const error = isEmpty ? 'Enter the admin key.' : signIn.error ? reasonOf(signIn.error) : undefined;
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper w="100%" maw={400} p="xl">
        <form
          method="post"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const field = event.currentTarget.elements.namedItem('admin_key') as HTMLInputElement;
            const key = field.value.trim();
            setEmpty(key === '');
            if (key === '' || signIn.isPending) return;
            signIn.mutate({ admin_key: key }, { onError: () => field.select() });
          }}
        >
          <Stack>
            <Stack gap={4}>
              <Text className="label">Defrag Video</Text>
              <Title order={1}>Sign in</Title>
            </Stack>
            <PasswordInput
              name="admin_key"
              label="Admin key"
              description="The server's DEFRAG_ADMIN_KEY, or the one that it printed at its first start."
              autoComplete="current-password"
              autoFocus
              required
              withAsterisk={false}
              error={error}
              errorProps={{ role: 'alert' }}
            />
            <Button type="submit" loading={signIn.isPending}>
              Sign in
            </Button>
            {session.error && (
              <Alert role="alert" variant="outline" color="var(--defrag-warm)">
                {textOf(session.error)}{' '}
                <Button size="compact-xs" variant="default" onClick={() => void router.invalidate()}>
                  Try again
                </Button>
              </Alert>
            )}
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'UNAUTHORIZED':
      return 'This is not the admin key of the server.';
    case 'TOO_MANY_REQUESTS':
      return 'Too many tries. Wait a minute, then try again.';
    default:
      return textOf(error);
  }
}
