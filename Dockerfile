# Image of the API and of the workers: `docker build -t defrag-video .`
#
# It contains Remotion and, in @remotion/compositor-linux-*, an FFmpeg under the GPL: see "Engines and licences" in README.md before you
# pass it on.
ARG NODE_VERSION=24.21.0

# glibc, because the compositor's binaries for musl were not compared with the pinned digests (docs/engine.md).
FROM docker.io/library/node:${NODE_VERSION}-bookworm-slim AS base
ENV CI=true
# The version of package.json's packageManager.
RUN npm install --global --no-audit --no-fund pnpm@12.21.0
WORKDIR /app

# All packages of the lockfile, kept as a layer for as long as it stays.
FROM base AS fetched
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN pnpm fetch

# The admin app. What it is built with stays behind.
FROM fetched AS built
COPY . .
RUN pnpm install --offline --frozen-lockfile \
  && pnpm build \
  && mkdir -p apps/admin/dist

# What the API needs to run, without what it is tested and built with; not the root package, which brings a Node of its own. Node runs
# the TypeScript as it is.
FROM fetched AS installed
COPY packages/core packages/core
COPY packages/composition packages/composition
COPY packages/db packages/db
COPY tooling/browser tooling/browser
COPY apps/api apps/api
# The fetched packages are in the store too: from there only those come back that are wanted.
RUN rm -rf node_modules \
  && pnpm install --offline --frozen-lockfile --prod --filter '@defrag/api...' \
  && rm -rf packages/*/test packages/*/scripts tooling/*/test apps/api/test apps/api/scripts

FROM docker.io/library/node:${NODE_VERSION}-bookworm-slim AS runtime
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=0700 /data
COPY --from=installed /app ./
COPY --from=built /app/apps/admin/dist apps/admin/dist
COPY LICENSE README.md ./
USER node
VOLUME /data
EXPOSE 8787
# Database and store are in reach, not only the process.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# A worker is the same image with the command `node apps/api/src/cli/main.ts worker`.
CMD ["node", "apps/api/src/main.ts"]
