"""Encrypted backups of the whole installation, and the way back from one.

A backup is a folder named by its UTC time: the members of `manifest.Member`, each sealed in the age format
(https://age-encryption.org/v1) for public keys only, and a plain `manifest.json` without personal data. The
standard tools `age`, `pg_restore` and `tar` open it without this program.
"""
