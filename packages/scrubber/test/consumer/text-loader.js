/** Converts module sources to text, because React's loader does not accept bytes. */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  return loaded.format === 'module' ? { ...loaded, source: String(loaded.source) } : loaded;
}
