/** React's loader wants the text of a module, while Node loads bytes. */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  return loaded.format === 'module' ? { ...loaded, source: String(loaded.source) } : loaded;
}
