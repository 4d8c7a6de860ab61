import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { codeOf, textOf } from '../../api/error-text.ts';
import { trpc } from '../../api/trpc.ts';

const route = getRouteApi('/sign-in');

/** Exchanges the admin key for a session cookie. Only the form field ever holds the key. */
export function SignInPage() {
  const { from = '/events' } = route.useSearch();
  const router = useRouter();
  const utils = trpc.useUtils();
  const session = trpc.session.get.useQuery();
  const [isEmpty, setEmpty] = useState(false);
  const signIn = trpc.session.signIn.useMutation({
    // Otherwise the cache would keep the key as the mutation's variables.
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
              description="Your DEFRAG_ADMIN_KEY, or the key the server printed on first start."
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
      return "That key isn't right.";
    case 'TOO_MANY_REQUESTS':
      return 'Too many failed sign-ins. Wait a minute and try again.';
    default:
      return textOf(error);
  }
}
