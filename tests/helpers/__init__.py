"""What several tests share: the guards that fail a test on any surprise."""
