// Runs before the first paint, so that the light scheme does not flash dark. The key is Mantine's.
{
  const root = document.documentElement;
  let chosen = 'dark';
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value') ?? 'dark';
  } catch {
    // Storage may be blocked; keep the dark scheme.
  }
  const light =
    chosen === 'light' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: light)').matches);
  root.dataset.mantineColorScheme = light ? 'light' : 'dark';
  root.style.background = light ? '#fff' : '#000';
}
