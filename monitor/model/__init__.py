"""The words of the field, as frozen values. `docs/words.md` gives each its Chinese term."""
