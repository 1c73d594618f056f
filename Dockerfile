# The command `engagement` in an image of its own:
#
#     docker build -t engagement .
#     docker run --rm -v "$PWD:/work" --user "$(id -u)" engagement calc rescue.toml
#
# Every dependency is pinned with its hashes. `make image` runs the installing steps without Docker.
FROM python:3.11-slim AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/engagement
RUN /opt/engagement/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check \
    --require-hashes --only-binary :all: --requirement build/image/requirements.lock
RUN /opt/engagement/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check \
    --no-deps --no-build-isolation .

FROM python:3.11-slim
COPY --from=build /opt/engagement /opt/engagement
RUN useradd --uid 10001 --create-home engagement && mkdir /work && chown engagement /work
USER engagement
# Not the home of whichever user runs it: it may have none.
ENV HOME=/tmp
WORKDIR /work
ENTRYPOINT ["/opt/engagement/bin/engagement"]
