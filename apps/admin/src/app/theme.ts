import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** From the video's white to its black. */
const ink: MantineColorsTuple = [
  '#f4f6f8',
  '#e3e6ea',
  '#c9ced4',
  '#a6adb5',
  '#868e97',
  '#6a727b',
  '#4d545c',
  '#33383e',
  '#1b1e22',
  '#0a0b0d',
];

/** Neutral greys for surfaces in the dark scheme; the page is the video's black. */
const dark: MantineColorsTuple = [
  '#e8eaed',
  '#c3c8ce',
  '#9aa1a9',
  '#6f767f',
  '#3b4047',
  '#2a2e33',
  '#16181b',
  '#000000',
  '#000000',
  '#000000',
];

const ON_PRIMARY = 'var(--mantine-color-body)';

/** Black and white, lines instead of surfaces, small monospaced labels: the look of the videos. */
export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: 'ink',
  primaryShade: { dark: 0, light: 9 },
  autoContrast: true,
  // Mantine picks the text colour from the light scheme's shade, but the primary colour is white in the dark scheme.
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    const isPrimary = (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
    return input.variant === 'filled' && isPrimary ? { ...colours, color: ON_PRIMARY } : colours;
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, Menlo, Consolas, monospace',
  headings: { fontWeight: '500', sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' } } },
  // Plain objects: `Component.extend` would load every component with the first page.
  components: {
    Badge: { defaultProps: { variant: 'dot', radius: 'sm', ff: 'monospace', fw: 500 } },
    Checkbox: { defaultProps: { iconColor: ON_PRIMARY } },
    Paper: { defaultProps: { withBorder: true, p: 'md' } },
    Table: { defaultProps: { verticalSpacing: 'xs', highlightOnHover: true } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});

/**
 * Semantic colours as CSS variables: `--defrag-warm` for tension and failure, `--defrag-cool` for rest and success,
 * `--defrag-line` for hairlines. The dark scheme uses the video's own colours; the light scheme uses darker ones for
 * contrast.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: {
    '--defrag-warm': '#ff6a45',
    '--defrag-cool': '#6fd8ff',
    '--defrag-line': '#2a2e33',
    '--defrag-dim': '#9aa1a9',
    '--mantine-color-dimmed': '#9aa1a9',
    '--mantine-color-error': '#ff6a45',
  },
  light: {
    '--defrag-warm': '#b92f0b',
    '--defrag-cool': '#00658a',
    '--defrag-line': '#dcdfe3',
    '--defrag-dim': '#5a626b',
    '--mantine-color-dimmed': '#5a626b',
    '--mantine-color-error': '#b92f0b',
  },
});
