FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=kumamoto_soudan.settings
RUN useradd --system --uid 10001 --no-create-home soudan && install -d -o soudan -g soudan -m 700 /data /backup
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
USER soudan
VOLUME /data
EXPOSE 8000
