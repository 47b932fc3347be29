"""What a factory does about findings and needs: actions with an owner, a day and a step beside the training."""
