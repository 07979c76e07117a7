from pathlib import Path
FILE=Path(__file__).resolve().parent/"generated.jsonl"
