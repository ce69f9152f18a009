# One image for every part: `lanmu worker`, `lanmu beat`, or all at once with `lanmu run`.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements/run.txt requirements/build.txt requirements/
RUN python -m venv /opt/lanmu \
 && /opt/lanmu/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt -r requirements/build.txt
COPY . .
RUN /opt/lanmu/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 lanmu && install -d -o lanmu -g lanmu /var/lib/lanmu /etc/lanmu
COPY --from=build /opt/lanmu /opt/lanmu
ENV PATH=/opt/lanmu/bin:$PATH PYTHONUNBUFFERED=1 LANMU_CONFIG=/etc/lanmu LANMU_STATE=/var/lib/lanmu
USER lanmu
VOLUME /var/lib/lanmu
ENTRYPOINT ["lanmu"]
CMD ["run"]
