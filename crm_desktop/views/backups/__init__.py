"""What a person sees of backups: making them, planning them, looking into them, and the way back."""
