# docker build --tag planparse . && docker run --rm --volume "$PWD:/work" planparse ingest plans --out outputs
# 3.11 is the version that the tests run on, and brings setuptools, which some of the packages need to be built
FROM python:3.11-slim
COPY requirements.lock /planparse/
RUN pip install --no-cache-dir --require-hashes --requirement /planparse/requirements.lock
COPY pyproject.toml README.md LICENSE /planparse/
COPY src /planparse/src
RUN pip install --no-cache-dir --no-deps --no-build-isolation /planparse
WORKDIR /work
ENTRYPOINT ["planparse"]
